"""What people talk about: topics of a set of posts, by BERTopic without neural networks.

BERTopic and scikit-learn are imported inside `find_topics`. They take seconds and hundreds of
megabytes, so topics run in a process of their own: `python -m nlp.topics`.
"""

from nlp.topics.model import Topic, Topics, find_topics

__all__ = ["Topic", "Topics", "find_topics"]
