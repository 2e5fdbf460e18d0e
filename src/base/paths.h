// Where Assay keeps its things, after the XDG base directory specification. Empty variables count
// as unset. Nothing is created here. Thread-safety: pure reads of the environment.
#pragma once

#include <filesystem>

namespace assay {

/// $XDG_CACHE_HOME/assay or ~/.cache/assay: what can be fetched or computed again.
std::filesystem::path user_cache_dir();
/// user_cache_dir()/models: fetched model files.
std::filesystem::path model_cache_dir();
/// $XDG_DATA_HOME/assay or ~/.local/share/assay: the store of runs, unless the user names another.
std::filesystem::path user_data_dir();

}  // namespace assay
