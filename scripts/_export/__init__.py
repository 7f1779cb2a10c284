"""Steps of `export_onnx.py`."""
