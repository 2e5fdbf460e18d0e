#include "standards/name_uuid.h"

#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/uuid_io.hpp>

namespace assay::standards {

std::string name_uuid(std::string_view name) {
  static const boost::uuids::uuid space =
      boost::uuids::name_generator_sha1(boost::uuids::ns::url())("urn:assay:report");
  return boost::uuids::to_string(
      boost::uuids::name_generator_sha1(space)(name.data(), name.size()));
}

}  // namespace assay::standards
