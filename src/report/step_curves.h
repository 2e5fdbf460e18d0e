// A picture of step curves as SVG: how a share grows with cost, with intervals, several curves a
// panel and several panels a picture; the axis of cost is logarithmic. No script, no fonts, nothing
// fetched: it can stand in a page or in a file of its own.
// Thread-safety: pure function.
#pragma once

#include <string>
#include <vector>

#include "base/lang.h"

namespace assay::report {

struct StepPoint {
  double x = 0.0;  ///< cost, above 0; the share jumps to y here and stays until the next point
  double y = 0.0;  ///< share in [0, 1]
  double low = 0.0;
  double high = 1.0;
};

struct StepCurve {
  Text name;  ///< curves of one name look alike in all panels
  std::vector<StepPoint> points;
  double end = 0.0;  ///< how far it is known: there it ends in a dot with its interval
};

struct StepPanel {
  Text title;
  std::vector<StepCurve> curves;
};

struct StepPicture {
  Text title;
  Text x_label;
  Text y_label;
  Text note;  ///< below the picture: what the shading is, what is counted
  std::vector<StepPanel> panels;
};

/// A whole SVG document. Points that are not finite, or whose x is not above 0, are left out;
/// shares are cut to [0, 1]. A picture without points says so.
std::string step_curves_svg(const StepPicture& picture, Lang lang);

}  // namespace assay::report
