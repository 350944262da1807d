"""What is measured, how, and the last figures: `make bench` writes RESULTS.md.

`references` are what pages are compared with, `company` makes the data through services, `pages` and `limits` measure,
`results` writes the figures down. Figures are CPU time of this process; each stands beside its reference in the same run.
"""
