"""Who works here: accounts, branches, teams, job roles, who supervises whom, invitations, and whose data is where."""
