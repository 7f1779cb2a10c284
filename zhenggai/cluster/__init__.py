"""The pipeline on many machines: Ray Data and Spark. The command on one machine imports nothing of it."""
