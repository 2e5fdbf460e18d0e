"""What the parity scripts share: reference models, own texts, llama-server."""
