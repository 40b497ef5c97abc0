/* What is typed into a date field stays: the picker puts nothing in the place of what it cannot read. */
jQuery.fn.datetimepicker.defaults.validateOnBlur = false;
