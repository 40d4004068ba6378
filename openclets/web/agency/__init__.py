"""The coordinator's and applicant's pages. Unfilled: who may what until when, rosters, training come here."""
