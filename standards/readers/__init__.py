"""What reads a company's own files into the blocks of domain.importing. Nothing here touches the database."""
