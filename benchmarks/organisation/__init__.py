"""A company of 100,000 people and 50 programmes on PostgreSQL: five million statuses, and how long its pages and jobs take."""
