"""The statements that make the company, in the order of their rows. h: a number of 0 to 99 of each person and programme."""

from __future__ import annotations

PEOPLE = [
    """
    INSERT INTO people_branch (name, time_zone)
    SELECT 'Branch ' || lpad(b::text, 3, '0'), 'Asia/Kuala_Lumpur' FROM generate_series(1, %(branches)s) b
    """,
    "INSERT INTO people_jobrole (name) SELECT 'Role ' || r FROM generate_series(1, 10) r",
    """
    INSERT INTO people_team (name, branch_id)
    SELECT 'Team ' || lpad(t::text, 4, '0'), (SELECT min(id) FROM people_branch) + least((t - 1) / %(teams_a_branch)s, %(branches)s - 1)
    FROM generate_series(1, %(teams)s) t
    """,
    """
    INSERT INTO people_user (password, is_superuser, public_id, email, name, short_name, language, is_active, extra_time,
                             employee_number, employed_on, sessions_ended)
    SELECT '!', false, gen_random_uuid(), 'bench' || u || '@example.com',
           'Person ' || substr(md5(u::text), 1, 8) || ' binti Contoh', '', '', true, 0, 'B' || u, %(today)s - 900, 0
    FROM generate_series(1, %(people)s) u
    """,
    """
    CREATE TABLE benchmark_person AS
    SELECT id, row_number() OVER (ORDER BY id) AS number FROM people_user WHERE email LIKE 'bench%%'
    """,
    """
    INSERT INTO people_membership (team_id, user_id, job_role_id, starts_on)
    SELECT (SELECT min(id) FROM people_team) + least((number - 1) / %(team)s, %(teams)s - 1), id,
           (SELECT min(id) FROM people_jobrole) + ((number - 1) / %(team)s %% 7 + number %% 4) %% 10, %(today)s - 900
    FROM benchmark_person
    """,
    """
    INSERT INTO people_teamsupervision (team_id, user_id, starts_on)
    SELECT (SELECT min(id) FROM people_team), (SELECT id FROM benchmark_person WHERE number = %(people)s), %(today)s - 900
    """,
    # One in two hundred is away now; as many were, before anything was assigned.
    """
    INSERT INTO people_leaveofabsence (user_id, starts_on, ends_on, recorded_at)
    SELECT id, %(today)s - CASE WHEN number %% 2 = 0 THEN 20 ELSE 899 END,
           CASE WHEN number %% 2 = 0 THEN NULL ELSE %(today)s - 890 END, %(now)s
    FROM benchmark_person WHERE number %% 100 < 2
    """,
]

CASES = """
    SELECT person.id AS learner, person.number, program.id AS program,
           (person.number * 7919 + program.id * 104729) %% 100 AS h,
           ((person.number * 31 + program.id * 17) %% 400)::int AS days,
           (SELECT count(*) FROM training_programactivity a WHERE a.program_id = program.id) AS activities
    FROM benchmark_person person CROSS JOIN training_program program
"""

FACTS = [
    # 0 to 69 completed it; 70 to 79 have time, 80 to 86 are late, 87 to 91 are half through where there are two activities,
    # 92 to 94 were released, 95 to 99 have time, by an extension.
    f"""
    CREATE TABLE benchmark_case AS
    SELECT row_number() OVER (ORDER BY program, learner) AS number_of_it, cases.* FROM ({CASES}) cases
    """,  # noqa: S608
    """
    INSERT INTO training_programassignment (public_id, learner_id, program_id, cycle, kind, reason, assigned_at, due_on, is_by_rule)
    SELECT lpad(to_hex(number_of_it), 32, '0')::uuid, learner, program, 1, 'first', '', %(now)s - interval '600 days',
           CASE WHEN h BETWEEN 80 AND 86 OR h >= 95 THEN %(today)s - 5 ELSE %(today)s + 20 END, true
    FROM benchmark_case ORDER BY number_of_it
    """,
    """
    INSERT INTO training_priorlearning (public_id, learner_id, learnt_on, granted_at, reason, evidence)
    SELECT gen_random_uuid(), id, %(today)s - 700, %(now)s - interval '700 days', 'Learnt before', '' FROM benchmark_person
    """,
    """
    CREATE TABLE benchmark_found AS
    SELECT c.*, a.id AS assigned, l.id AS learnt, %(today)s - c.days AS completed_on
    FROM benchmark_case c
    JOIN training_programassignment a ON a.learner_id = c.learner AND a.program_id = c.program
    JOIN training_priorlearning l ON l.learner_id = c.learner
    """,
    """
    INSERT INTO training_completion (assignment_id, activity_id, prior_learning_id, completed_at)
    SELECT f.assigned, a.id, f.learnt, f.completed_on + time '00:30'
    FROM benchmark_found f JOIN training_programactivity a ON a.program_id = f.program
    WHERE f.h < 70 OR (f.h BETWEEN 87 AND 91 AND f.activities = 2
                       AND a.id = (SELECT min(id) FROM training_programactivity WHERE program_id = f.program))
    """,
    """
    INSERT INTO training_programcompletion (assignment_id, completed_at, completed_on, base_on, expires_on, opens_on)
    SELECT assigned, completed_on + time '00:30', completed_on, completed_on, completed_on + 365, completed_on + 335
    FROM benchmark_found WHERE h < 70
    """,
    """
    INSERT INTO training_assignmentrelease (assignment_id, released_at, reason, is_by_rule)
    SELECT assigned, %(now)s - interval '30 days', '', false FROM benchmark_found WHERE h BETWEEN 92 AND 94
    """,
    """
    INSERT INTO training_extension (assignment_id, due_on, granted_at, reason)
    SELECT assigned, %(today)s + 40, %(now)s - interval '30 days', 'More time' FROM benchmark_found WHERE h >= 95
    """,
    """
    INSERT INTO training_waiver (public_id, learner_id, program_id, starts_on, granted_at, reason, evidence)
    SELECT gen_random_uuid(), learner, program, %(today)s - 30, %(now)s - interval '30 days', 'Not at the counter', ''
    FROM benchmark_found WHERE h = 80 AND number %% 2 = 0
    """,
]

STATUSES = [
    """
    INSERT INTO training_programstatus (learner_id, program_id, assignment_id, due_on, done, is_open, is_released,
                                        completed_on, expires_on, opens_on)
    SELECT learner, program, assigned,
           CASE WHEN h BETWEEN 80 AND 86 THEN %(today)s - 5 WHEN h >= 95 THEN %(today)s + 40 ELSE %(today)s + 20 END,
           CASE WHEN h < 70 THEN activities WHEN h BETWEEN 87 AND 91 AND activities = 2 THEN 1 ELSE 0 END,
           h >= 70 AND NOT h BETWEEN 92 AND 94, h BETWEEN 92 AND 94,
           CASE WHEN h < 70 THEN completed_on END, CASE WHEN h < 70 THEN completed_on + 365 END,
           CASE WHEN h < 70 THEN completed_on + 335 END
    FROM benchmark_found ORDER BY number_of_it
    """,
    "DROP TABLE benchmark_found, benchmark_case, benchmark_person",
]

AFTERWARDS = ["VACUUM ANALYZE"]

GROUPING = """
    WITH placed AS (
        SELECT DISTINCT ON (m.user_id) m.user_id, m.team_id, m.job_role_id
        FROM people_membership m
        WHERE m.starts_on <= %(today)s AND (m.ends_on IS NULL OR m.ends_on >= %(today)s)
        ORDER BY m.user_id, m.starts_on DESC, m.id DESC
    ), away AS (
        SELECT DISTINCT user_id FROM people_leaveofabsence
        WHERE starts_on <= %(today)s AND (ends_on IS NULL OR ends_on >= %(today)s)
    ), waived AS (
        SELECT DISTINCT w.learner_id, w.program_id
        FROM training_waiver w LEFT JOIN training_waiverend e ON e.waiver_id = w.id
        WHERE w.starts_on <= %(today)s AND (w.ends_on IS NULL OR w.ends_on >= %(today)s)
          AND (e.id IS NULL OR e.ended_on > %(today)s)
    )
    SELECT t.branch_id, t.id, p.job_role_id, s.program_id,
           CASE WHEN s.completed_on IS NOT NULL AND (s.expires_on IS NULL OR s.expires_on >= %(today)s)
                     AND (s.opens_on IS NULL OR s.opens_on > %(today)s) THEN 'certified'
                WHEN w.learner_id IS NOT NULL THEN 'waived' WHEN a.user_id IS NOT NULL THEN 'on_leave'
                WHEN s.expires_on < %(today)s THEN 'expired' WHEN s.completed_on IS NOT NULL THEN 'refresh'
                WHEN s.due_on < %(today)s THEN 'overdue' WHEN s.done > 0 THEN 'in_progress' ELSE 'assigned' END AS status,
           count(*), count(*) FILTER (WHERE s.completed_on IS NOT NULL OR s.done > 0),
           -- of one or two activities, one is half of them
           count(*) FILTER (WHERE s.completed_on IS NOT NULL OR s.done >= 1),
           count(*) FILTER (WHERE s.completed_on IS NOT NULL)
    FROM training_programstatus s
    JOIN people_user u ON u.id = s.learner_id AND u.is_active
    JOIN placed p ON p.user_id = s.learner_id
    JOIN people_team t ON t.id = p.team_id
    LEFT JOIN away a ON a.user_id = s.learner_id
    LEFT JOIN waived w ON w.learner_id = s.learner_id AND w.program_id = s.program_id
    WHERE NOT s.is_released AND s.program_id IN (%(programs)s)
    GROUP BY 1, 2, 3, 4, 5
"""
"""What somebody would write by hand who only wants this grouping. today, programs: to be filled in."""
