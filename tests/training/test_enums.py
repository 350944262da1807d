from __future__ import annotations

from training.domain.recertification import Basis
from training.enums import ExpiryBasis


def test_every_basis_of_the_rules_can_be_chosen():
    assert ExpiryBasis.values == list(Basis)
