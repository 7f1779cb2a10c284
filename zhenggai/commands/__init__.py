"""The commands, one module each; `zhenggai.cli` puts them together."""
