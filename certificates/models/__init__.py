from certificates.models.certificates import (
    Certificate,
    CertificateClause,
    CertificateFile,
    CertificateHolder,
    NumberCounter,
)

__all__ = ["Certificate", "CertificateClause", "CertificateFile", "CertificateHolder", "NumberCounter"]
