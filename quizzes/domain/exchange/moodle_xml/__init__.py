"""Moodle XML, read as Moodle 5.1 reads it (question/format/xml/format.php and each type's `questiontype.php`)."""

from quizzes.domain.exchange.moodle_xml.reading import read_moodle_xml
from quizzes.domain.exchange.moodle_xml.writing import unsayable_in_xml, write_moodle_xml

__all__ = ["read_moodle_xml", "unsayable_in_xml", "write_moodle_xml"]
