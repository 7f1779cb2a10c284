"""One process or many (torchrun): rank, size, and the mean of gradients."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

import torch
import torch.distributed as dist


@dataclass(frozen=True)
class Group:
    """This process among ``size``."""

    rank: int = 0
    size: int = 1

    def sum_in_place(self, tensors: Sequence[torch.Tensor]) -> None:
        """Replace each tensor by its sum over the processes, in one message."""
        if self.size == 1 or not tensors:
            return
        flat = torch.cat([t.reshape(-1) for t in tensors])
        dist.all_reduce(flat)
        at = 0
        for t in tensors:
            t.copy_(flat[at : at + t.numel()].view_as(t))
            at += t.numel()

    def mean(self, value: torch.Tensor) -> float:
        """Average of a scalar over the processes."""
        if self.size == 1:
            return float(value)
        value = value.detach().clone()
        dist.all_reduce(value)
        return float(value) / self.size

    def any(self, flag: bool) -> bool:
        """Whether the flag is set in any process."""
        if self.size == 1:
            return flag
        value = torch.tensor(float(flag))
        if dist.get_backend() == "nccl":
            value = value.cuda()
        dist.all_reduce(value)
        return bool(value > 0)

    def leave(self) -> None:
        """Wait for the others and part: a process that ends while another still works can abort both."""
        if self.size > 1:
            dist.barrier()
            dist.destroy_process_group()


def join_group(device: str) -> Group:
    """Join the group that torchrun or ``accelerate launch`` set up, if one did."""
    size = int(os.environ.get("WORLD_SIZE", "1"))
    if size == 1:
        return Group()
    if device == "cuda":
        torch.cuda.set_device(int(os.environ["LOCAL_RANK"]))
    dist.init_process_group("nccl" if device == "cuda" else "gloo")
    return Group(dist.get_rank(), size)
