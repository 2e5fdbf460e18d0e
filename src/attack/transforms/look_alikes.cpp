#include "attack/transforms/look_alikes.h"

namespace assay::attack {

const Pairs& homoglyphs() {
  static const Pairs all{
      {U'a', U'а'}, {U'c', U'с'}, {U'd', U'ԁ'}, {U'e', U'е'}, {U'h', U'һ'}, {U'i', U'і'},
      {U'j', U'ј'}, {U'k', U'κ'}, {U'l', U'ӏ'}, {U'n', U'ո'}, {U'o', U'о'}, {U'p', U'р'},
      {U'q', U'ԛ'}, {U's', U'ѕ'}, {U'u', U'υ'}, {U'v', U'ν'}, {U'w', U'ԝ'}, {U'x', U'х'},
      {U'y', U'у'}, {U'A', U'А'}, {U'B', U'В'}, {U'C', U'С'}, {U'E', U'Е'}, {U'H', U'Н'},
      {U'I', U'І'}, {U'J', U'Ј'}, {U'K', U'К'}, {U'M', U'М'}, {U'N', U'Ν'}, {U'O', U'О'},
      {U'P', U'Р'}, {U'S', U'Ѕ'}, {U'T', U'Т'}, {U'X', U'Х'}, {U'Y', U'Υ'}, {U'Z', U'Ζ'}};
  return all;
}

const Pairs& small_capitals() {
  static const Pairs all{{U'a', U'ᴀ'}, {U'b', U'ʙ'},   {U'c', U'ᴄ'}, {U'd', U'ᴅ'}, {U'e', U'ᴇ'},
                         {U'f', U'ꜰ'}, {U'g', U'ɢ'},   {U'h', U'ʜ'}, {U'i', U'ɪ'}, {U'j', U'ᴊ'},
                         {U'k', U'ᴋ'}, {U'l', U'ʟ'},   {U'm', U'ᴍ'}, {U'n', U'ɴ'}, {U'o', U'ᴏ'},
                         {U'p', U'ᴘ'}, {U'q', U'ꞯ'}, {U'r', U'ʀ'}, {U's', U'ꜱ'}, {U't', U'ᴛ'},
                         {U'u', U'ᴜ'}, {U'v', U'ᴠ'},   {U'w', U'ᴡ'}, {U'y', U'ʏ'}, {U'z', U'ᴢ'}};
  return all;
}

const Pairs& upside_down() {
  static const Pairs all{{U'a', U'ɐ'}, {U'b', U'q'}, {U'c', U'ɔ'},  {U'd', U'p'},  {U'e', U'ǝ'},
                         {U'f', U'ɟ'}, {U'g', U'ƃ'}, {U'h', U'ɥ'},  {U'i', U'ᴉ'},  {U'j', U'ɾ'},
                         {U'k', U'ʞ'}, {U'm', U'ɯ'}, {U'n', U'u'},  {U'p', U'd'},  {U'q', U'b'},
                         {U'r', U'ɹ'}, {U't', U'ʇ'}, {U'u', U'n'},  {U'v', U'ʌ'},  {U'w', U'ʍ'},
                         {U'y', U'ʎ'}, {U'.', U'˙'}, {U',', U'\''}, {U'\'', U','}, {U'?', U'¿'},
                         {U'!', U'¡'}, {U'(', U')'}, {U')', U'('},  {U'[', U']'},  {U']', U'['},
                         {U'{', U'}'}, {U'}', U'{'}, {U'<', U'>'},  {U'>', U'<'},  {U'_', U'‾'},
                         {U'&', U'⅋'}, {U'1', U'Ɩ'}, {U'2', U'ᄅ'}, {U'3', U'Ɛ'},  {U'4', U'ㄣ'},
                         {U'5', U'ϛ'}, {U'6', U'9'}, {U'7', U'ㄥ'}, {U'9', U'6'}};
  return all;
}

}  // namespace assay::attack
