"""How the program's output becomes the scorers' input, one module a task. Fields are renamed, joined and chosen here;
the text of a document is never read for content."""
