/* What the browser itself refuses to send is said in Vietnamese, whichever language the browser speaks. */
(function () {
  "use strict";

  const CHOSEN = "select, [type=radio], [type=checkbox], [type=file]";
  const day = (text) => text.split("-").reverse().join("/");

  function sentence(field) {
    const wrong = field.validity;
    const dated = field.type === "date";
    if (wrong.valueMissing) return field.matches(CHOSEN) ? "Đề nghị chọn mục này." : "Đề nghị nhập nội dung này.";
    if (wrong.badInput && dated) return "Ngày chưa đủ hoặc không có trong lịch.";
    if (wrong.badInput) return "Đề nghị ghi bằng số.";
    if (wrong.rangeUnderflow) return dated ? `Đề nghị ghi từ ngày ${day(field.min)} trở đi.` : `Không được nhỏ hơn ${field.min}.`;
    if (wrong.rangeOverflow) return dated ? `Đề nghị ghi đến ngày ${day(field.max)} trở lại.` : `Không được lớn hơn ${field.max}.`;
    if (wrong.stepMismatch) return "Đề nghị ghi số nguyên.";
    if (wrong.tooLong) return `Dài quá ${field.maxLength} ký tự, đề nghị rút gọn.`;
    if (wrong.tooShort) return `Đề nghị ghi ít nhất ${field.minLength} ký tự.`;
    return "Nội dung chưa đúng dạng, đề nghị nhập lại.";
  }

  document.addEventListener(
    "invalid",
    (event) => {
      const field = event.target;
      field.setCustomValidity("");
      if (!field.validity.valid) field.setCustomValidity(sentence(field));
    },
    true,
  );

  function forget(event) {
    const field = event.target;
    if (!field.setCustomValidity) return;
    const same = field.type === "radio" && field.form ? field.form.querySelectorAll(`[name="${CSS.escape(field.name)}"]`) : [field];
    same.forEach((one) => one.setCustomValidity(""));
  }
  document.addEventListener("input", forget, true);
  document.addEventListener("change", forget, true);
})();
