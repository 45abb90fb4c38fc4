exports.assertTrue = function (value) {
  node.assert(value === true);
};
