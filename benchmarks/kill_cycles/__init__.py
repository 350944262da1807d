"""`make kill-cycles`: what a page confirmed is in the database, once, whichever process is killed.

Learners sign, answer and choose over HTTP; a process of the site (a web worker, the job worker, the database) is killed with
signal 9 at a random moment and comes back, and each learner sends again what wasn't answered. In the end what was confirmed is
compared with what is stored. Only processes that the run started itself are killed.
"""
