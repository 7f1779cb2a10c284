"""Steps of fine-tuning: examples, models, training, figures."""
