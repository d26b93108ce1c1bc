"""What is printed or given as a file: the words of each paper, and the file drawn from them."""
