"""The pipeline on many machines: Ray Data and Spark. Nothing here is imported by the command on one machine."""
