"""Why a text got its label: decisive words, nearest labelled examples, what separates the second-best."""
