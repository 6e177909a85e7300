// Types for mathjs's single-file bundle, which the package exports without any.
declare module "mathjs/lib/browser/math.js" {
  import * as mathjs from "mathjs";
  export default mathjs;
}
