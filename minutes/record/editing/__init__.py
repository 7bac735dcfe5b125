"""Lines under review: what a person does with them, and the history that keeps what stood there before."""
