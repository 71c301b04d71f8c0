"""What attributes cost a whole application: lists of examples/personas beside the same pages over columns."""
