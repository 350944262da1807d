"""What holds for every certificate: its code, its number, how long it holds, how its words fit on the sheet."""
