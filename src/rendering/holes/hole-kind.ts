/**
 * Where a value is written, which decides how:
 * - `content`: between tags, where markup made by macros may stand too
 * - `characters`: text alone, in a quoted attribute or a title
 * - `reference`: a whole URL within the picture; `link`: also one to the web
 * - `base64`: the rest of a data URL
 * - `css`: in CSS; `cssUnquoted`: in a CDATA section of it, where quotes cannot be escaped
 * - `cssText`: within quotes in CSS; `cssName`: behind `url(#`; `cssReference`: the whole of `url(…)`
 * - `plain`: text that is escaped as nunjucks does, and not yet part of the picture
 */
export type HoleKind =
  | 'content'
  | 'characters'
  | 'reference'
  | 'link'
  | 'base64'
  | 'css'
  | 'cssUnquoted'
  | 'cssText'
  | 'cssName'
  | 'cssReference'
  | 'plain';
