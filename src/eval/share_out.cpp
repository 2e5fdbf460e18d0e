#include "eval/share_out.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/digest.h"
#include "eval/item_order.h"
#include "eval/json_fields.h"

namespace assay::eval {
namespace {

struct Piece {
  double work = 0.0;
  std::size_t portion = 0, block = 0;
};

void share_pieces(std::vector<Portion>& portions, std::vector<Piece> pieces, int ranks) {
  std::sort(pieces.begin(), pieces.end(), [](const Piece& a, const Piece& b) {
    return std::tuple(-a.work, a.portion, a.block) < std::tuple(-b.work, b.portion, b.block);
  });
  std::vector<double> load(static_cast<std::size_t>(ranks), 0.0);
  for (const Piece& piece : pieces) {
    const auto least = std::min_element(load.begin(), load.end());
    portions[piece.portion].ranks[piece.block] = static_cast<int>(least - load.begin());
    *least += piece.work;
  }
}

}  // namespace

std::vector<Block> blocks_of(const std::vector<Sample>& samples, int epochs, std::size_t answers) {
  std::vector<Block> blocks;
  const std::size_t each = static_cast<std::size_t>(std::max(1, epochs));
  for (std::size_t i = 0; i < samples.size();) {
    Block block{i, i};
    while (i < samples.size() && (i - block.begin) * each < std::max<std::size_t>(1, answers)) {
      const std::size_t first = i;
      while (i < samples.size() && cluster_of(samples[i]) == cluster_of(samples[first])) ++i;
    }
    block.end = i;
    blocks.push_back(block);
  }
  return blocks;
}

void share_out(std::vector<Portion>& portions, int ranks) {
  for (const bool first : {true, false}) {
    std::vector<Piece> pieces;
    for (std::size_t i = 0; i < portions.size(); ++i) {
      if (portions[i].first != first) continue;
      portions[i].ranks.assign(portions[i].work.size(), 0);
      for (std::size_t b = 0; b < portions[i].work.size(); ++b) {
        pieces.push_back({portions[i].work[b], i, b});
      }
    }
    share_pieces(portions, std::move(pieces), ranks);
  }
}

std::string digest_of_ids(const std::vector<Sample>& samples) {
  Sha256 digest;
  for (const Sample& sample : samples) {
    digest.update(sample.id);
    digest.update("\n");
  }
  return digest.hex();
}

Json to_json(const std::vector<Portion>& portions) {
  Json out = Json::array();
  for (const Portion& portion : portions) {
    out.push_back({{"key", portion.key},
                   {"answers", portion.answers},
                   {"items", portion.items},
                   {"ranks", portion.ranks}});
  }
  return out;
}

Result<std::vector<Portion>> portions_from_json(const Json& json) {
  std::vector<Portion> out;
  if (!json.is_array()) return fail(ErrorKind::format, "the shares of a run are damaged");
  for (const Json& one : json) {
    Fields fields(one, "shares");
    Portion& portion = out.emplace_back();
    portion.key = fields.text("key");
    portion.answers = static_cast<std::size_t>(fields.natural("answers"));
    portion.items = fields.text("items");
    portion.ranks = read_list<int>(fields, "ranks", [](const Json& rank) -> Result<int> {
      if (rank.is_number_integer()) return rank.get<int>();
      return fail(ErrorKind::format, "a rank is not a number");
    });
    if (!fields.status()) return tl::unexpected(fields.status().error());
  }
  return out;
}

}  // namespace assay::eval
