"""Models from a hub or a folder in place of the embedded model's own heads.

Torch, transformers, onnxruntime and the network live in a process of their own
(`python -m nlp.hub`), so that the scheduler and the dashboard never hold them.
"""
