// A hint of contamination from log-likelihoods alone (Oren, Meister, Chatterji, Ladhak & Hashimoto
// 2024, Proving Test Set Contamination in Black-Box Language Models, ICLR): the items of a public
// set are exchangeable, so a model that has not seen the file finds its order no likelier than
// another.
//
// For each benchmark B a task "B_order": its samples are shards (runs of items that follow each
// other in the file), its choices the shard in the order of the file and in kOrders - 1 random
// orders. Its figures are the mean advantage of the file's order over the mean of the others (nats
// a shard, 0 without contamination) with the sign-flip p-value over shards, and the share of shards
// in which the file's order is the likeliest.
//
// Legal call order: register the benchmarks -> add_order_tests(). Thread-safety: as Task.
#pragma once

#include <string>
#include <vector>

#include "eval/registry.h"

namespace assay::eval {

inline constexpr int kOrders = 6;  ///< of each shard, that of the file among them
inline constexpr std::size_t kShardItems = 8;

/// Adds "NAME_order" for every benchmark by log-likelihood of the registry.
void add_order_tests(Registry& registry);

/// What a companion of a benchmark (NAME + `suffix`) has of it: a hint of contamination from
/// log-likelihoods over the same data.
TaskInfo companion_info(const TaskInfo& benchmark, const char* suffix);
/// The benchmarks by log-likelihood of the registry.
std::vector<const Task*> scored_benchmarks(const Registry& registry);
/// Bytes that all contexts begin with (examples, an introduction): no part of the items. 0 without
/// samples.
std::size_t common_start(const std::vector<Sample>& samples);
/// The item as the file has it: its context after `start` bytes, and its right answer or first
/// sentence.
std::string item_text(const Sample& sample, std::size_t start);

}  // namespace assay::eval
