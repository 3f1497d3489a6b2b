# XML::Feed gives RSS and Atom the same names.
use strict;
use warnings;
use JSON::PP;
use XML::Atom;
use XML::Feed;

sub shown {
    my ($entry, $feed) = @_;
    my $author = $entry->author;
    return {
        id         => $entry->id,
        title      => $entry->title,
        link       => $entry->link,
        published  => $entry->issued   ? $entry->issued->clone->set_time_zone('UTC')->iso8601 . 'Z'   : undef,
        updated    => $entry->modified ? $entry->modified->clone->set_time_zone('UTC')->iso8601 . 'Z' : undef,
        author     => [ref $author ? @$author : grep { defined } $author],
        summary    => $entry->summary->body,
        content    => $entry->content->body,
        categories => [$entry->category],
        enclosures => [map { [$_->url, $_->type, $_->length] } $entry->enclosure],
        language   => $feed->language,
    };
}

$XML::Atom::ForceUnicode = 1;    # else Atom's text comes as undecoded bytes
$XML::Feed::MULTIPLE_ENCLOSURES = 1;
my %found;
for my $path (@ARGV) {
    my $feed = XML::Feed->parse($path);
    $found{$path} = $feed ? [map { shown($_, $feed) } $feed->entries] : XML::Feed->errstr;
}
print JSON::PP->new->utf8->allow_nonref->encode(\%found), "\n";
