from __future__ import annotations

from django.urls import path

from quizzes.views.practice import five
from quizzes.views.results import quiz_result
from quizzes.views.taking import quiz

urlpatterns = [
    path("practice/five/", five, name="five"),
    path("quizzes/<slug:slug>/", quiz, name="quiz"),
    path("quizzes/<slug:slug>/results/<uuid:public_id>/", quiz_result, name="quiz_result"),
]
