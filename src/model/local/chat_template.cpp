#include "model/local/chat_template.h"

#include <chrono>

#include "chat.h"
#include "model/local/backend.h"

namespace assay::model::local {

struct ChatTemplate::Impl {
  common_chat_templates_ptr templates;
};

ChatTemplate::ChatTemplate(const llama_model* model) {
  if (llama_model_chat_template(model, nullptr) == nullptr) {
    problem_ = "this model has no chat template";
    return;
  }
  const AbortGuard guard;
  try {
    auto impl = std::make_unique<Impl>();
    impl->templates = common_chat_templates_init(model, "");
    if (impl->templates != nullptr) templates_ = std::move(impl);
  } catch (const std::exception& problem) {
    problem_ = std::string("the model's chat template cannot be read: ") + problem.what();
  }
}

ChatTemplate::~ChatTemplate() = default;

Result<ChatPrompt> ChatTemplate::apply(std::span<const Message> messages, const Json& tools) const {
  if (templates_ == nullptr) {
    return fail(ErrorKind::unsupported, problem_, {},
                "Use a model that was trained for dialogue, or give a raw prompt");
  }
  const AbortGuard guard;
  try {
    common_chat_templates_inputs inputs;
    for (const auto& message : messages) {
      common_chat_msg& converted = inputs.messages.emplace_back();
      converted.role = message.role;
      converted.content = message.content;
    }
    inputs.now = std::chrono::system_clock::from_time_t(1721995200);  // 26 July 2024, 12:00 UTC
    if (!tools.is_null()) {
      inputs.tools = common_chat_tools_parse_oaicompat(common_json::parse(dump_json(tools)));
    }
    const auto applied = common_chat_templates_apply(templates_->templates.get(), inputs);
    return ChatPrompt{applied.prompt, applied.additional_stops};
  } catch (const std::exception& problem) {
    return fail(ErrorKind::usage,
                std::string("the model's chat template refuses these messages: ") + problem.what(),
                {}, "Check the order of the roles, and the tools");
  }
}

}  // namespace assay::model::local
