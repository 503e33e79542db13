"""Kinds of material: what a paper handed in with a case shows (证明材料; domain-facts 2.10, S3.14, S3.22).

Which of them a case needs on a day, `rules.filing` and `rules.enrolment` say.
"""

from enum import StrEnum


class MaterialKind(StrEnum):
    """What a material is. An identity that the log-in or a binding by face has shown counts as the document seen."""

    IDENTITY_DOCUMENT = "identity_document"  # 身份证件
    ELECTRONIC_VOUCHER = "electronic_voucher"  # 医保电子凭证
    HOUSEHOLD_REGISTER = "household_register"  # 户口簿, for who resettled: the one of the new place (异地户籍材料)
    RESIDENCE_PROOF = "residence_proof"  # 居住认定材料
    POSTING_ORDER = "posting_order"  # 派出证明
    WORK_CERTIFICATE = "work_certificate"  # 异地工作证明
    EMPLOYMENT_CONTRACT = "employment_contract"  # 劳动合同
    REFERRAL_PROOF = "referral_proof"  # 转诊材料
    COMMITMENT_LETTER = "commitment_letter"  # 承诺书, signed on screen (S3.22)
    BIRTH_CERTIFICATE = "birth_certificate"  # 出生医学证明
    STUDY_CERTIFICATE = "study_certificate"  # 在读证明
    HARDSHIP_CERTIFICATE = "hardship_certificate"  # 特困、低保证明
