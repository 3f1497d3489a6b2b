;;; elfeed.el --- What elfeed makes of feeds  -*- lexical-binding: t -*-

;;; Commentary:
;; Prints, as JSON, the entries of the files that the command line names.  Nothing is kept.

;;; Code:

(setq elfeed-db-directory (make-temp-file "elfeed" t)
      package-user-dir elfeed-db-directory
      locale-coding-system 'utf-8)
(prefer-coding-system 'utf-8)
(package-initialize)
(require 'elfeed)
(require 'json)

(defun shown-entry (entry)
  "Return what elfeed shows of ENTRY."
  (let ((meta (elfeed-entry-meta entry)))
    `((id . ,(cdr (elfeed-entry-id entry)))
      (title . ,(elfeed-entry-title entry))
      (link . ,(elfeed-entry-link entry))
      (published . ,(truncate (elfeed-entry-date entry)))
      (author . ,(vconcat (mapcar (lambda (author) (plist-get author :name)) (plist-get meta :authors))))
      (content . ,(elfeed-deref (elfeed-entry-content entry)))
      (categories . ,(vconcat (plist-get meta :categories)))
      (enclosures . ,(vconcat (mapcar #'vconcat (elfeed-entry-enclosures entry)))))))

(defun shown-file (path)
  "Return what elfeed shows of the entries of the feed at PATH."
  (let* ((xml (with-temp-buffer
                (insert-file-contents path)
                (elfeed-xml-parse-region)))
         (entries (pcase (elfeed-feed-type xml)
                    (:atom (elfeed-entries-from-atom path xml))
                    (:rss (elfeed-entries-from-rss path xml)))))
    (vconcat (mapcar #'shown-entry entries))))

(unwind-protect
    (princ (json-encode (mapcar (lambda (path) (cons path (shown-file path))) command-line-args-left)))
  (delete-directory elfeed-db-directory t))
(setq command-line-args-left nil)

;;; elfeed.el ends here
