"""What other rooms may listen to."""

from django.dispatch import Signal

# Most-read lists show other articles than before: sections (keys; 0 is the whole magazine). Sent within the transaction.
reranked = Signal()
