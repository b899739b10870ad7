"""What all remote engines share: one vocabulary of states and faults, one way to send, wait, fetch and account."""
