"""What the assistant understands: data, pipeline parts and the guarded channel of the Rasa server.

Only `nlu.normalize` is meant for both environments; everything else here knows Rasa and Python 3.10.
"""
