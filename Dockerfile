# syntax=docker/dockerfile:1.7
# The command `zhenggai` with its models, for CPUs (default) or NVIDIA GPUs; runs without a network, not as root.
#
#   docker build --target cpu  --tag zhenggai .
#   docker build --target cuda --tag zhenggai:cuda .
#   docker run --rm --network none --volume "$PWD/notices:/in:ro" --volume "$PWD/out:/out" \
#       --user "$(id -u):$(id -g)" zhenggai classify /in --output /out/ledger.xlsx
#   docker build --build-arg EXTRAS=formats,ray --tag zhenggai:ray .   # for scripts/classify_ray.py
ARG PYTHON_VERSION=3.12
ARG DEBIAN=bookworm
ARG CUDA_IMAGE=nvidia/cuda:12.6.3-cudnn-runtime-ubuntu24.04

# -- the wheel, with taxonomy and models inside -------------------------------------------------------
FROM python:${PYTHON_VERSION}-slim-${DEBIAN} AS wheel
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY configs/taxonomy.yaml configs/taxonomy.yaml
COPY models/category models/category
COPY models/status models/status
COPY zhenggai zhenggai
RUN --mount=type=cache,target=/root/.cache/pip \
    pip wheel --no-deps --wheel-dir /wheels .
# Healthy means: the models load and a notice comes out with labels.
COPY --chmod=755 <<'EOF' /src/healthcheck
#!/bin/sh
set -e
zhenggai classify /opt/zhenggai/example/notice-01.txt --output /tmp/health.jsonl --overwrite --quiet
grep -q '"category": *"[^"]' /tmp/health.jsonl
EOF

# -- CPU ----------------------------------------------------------------------------------------------
FROM python:${PYTHON_VERSION}-slim-${DEBIAN} AS cpu-build
ARG EXTRAS=formats
COPY requirements/constraints.txt /tmp/constraints.txt
COPY --from=wheel /wheels /wheels
RUN --mount=type=cache,target=/root/.cache/pip \
    python -m venv /opt/zhenggai \
    && /opt/zhenggai/bin/pip install --constraint /tmp/constraints.txt \
        "zhenggai[${EXTRAS}] @ file://$(find /wheels -name 'zhenggai-*.whl')"

FROM python:${PYTHON_VERSION}-slim-${DEBIAN} AS cpu
ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="zhenggai" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.description="Reads inspection-rectification notices and writes a ledger"
COPY --from=cpu-build /opt/zhenggai /opt/zhenggai
COPY scripts/classify_ray.py /opt/zhenggai/bin/classify_ray.py
COPY --from=wheel /src/healthcheck /opt/zhenggai/bin/healthcheck
COPY data/notices/notice-01.txt /opt/zhenggai/example/notice-01.txt
ENV PATH=/opt/zhenggai/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    LANG=C.UTF-8
RUN useradd --create-home --uid 10001 zhenggai
USER 10001
WORKDIR /home/zhenggai
HEALTHCHECK --interval=5m --timeout=60s --start-period=30s --retries=2 CMD ["/opt/zhenggai/bin/healthcheck"]
ENTRYPOINT ["zhenggai"]
CMD ["--help"]

# -- NVIDIA GPUs --------------------------------------------------------------------------------------
# The CUDA build of ONNX Runtime takes the place of the CPU build: both own the module `onnxruntime`.
FROM ${CUDA_IMAGE} AS cuda
ARG EXTRAS=formats
ARG ONNXRUNTIME_GPU=1.23.2
ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="zhenggai (CUDA)" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.description="Reads inspection-rectification notices and writes a ledger, on NVIDIA GPUs"
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends python3 python3-venv \
    && rm -rf /var/lib/apt/lists/*
COPY requirements/constraints.txt /tmp/constraints.txt
COPY --from=wheel /wheels /wheels
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN --mount=type=cache,target=/root/.cache/pip \
    python3 -m venv /opt/zhenggai \
    && /opt/zhenggai/bin/pip install --constraint /tmp/constraints.txt \
        "zhenggai[${EXTRAS}] @ file://$(find /wheels -name 'zhenggai-*.whl')" \
    && /opt/zhenggai/bin/pip uninstall --yes onnxruntime \
    && /opt/zhenggai/bin/pip install "onnxruntime-gpu==${ONNXRUNTIME_GPU}" \
    && rm -rf /wheels /tmp/constraints.txt
COPY scripts/classify_ray.py /opt/zhenggai/bin/classify_ray.py
COPY --from=wheel /src/healthcheck /opt/zhenggai/bin/healthcheck
COPY data/notices/notice-01.txt /opt/zhenggai/example/notice-01.txt
ENV PATH=/opt/zhenggai/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    LANG=C.UTF-8
RUN useradd --create-home --uid 10001 zhenggai
USER 10001
WORKDIR /home/zhenggai
HEALTHCHECK --interval=5m --timeout=60s --start-period=30s --retries=2 CMD ["/opt/zhenggai/bin/healthcheck"]
ENTRYPOINT ["zhenggai"]
CMD ["--help"]
