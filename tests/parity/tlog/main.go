// Verifies a log that Assay wrote with the Go libraries of transparency-dev: checkpoint, tiles,
// entries, proofs between them, receipts, and a witness's cosignature.
//
//	tlog LOG VKEY RECEIPTS COSIGNED WITNESS
package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	fnote "github.com/transparency-dev/formats/note"
	"github.com/transparency-dev/merkle/compact"
	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"github.com/transparency-dev/tessera/client"
	"golang.org/x/mod/sumdb/note"
)

func check(err error, what string) {
	if err != nil {
		fmt.Printf("FAILED %s: %v\n", what, err)
		os.Exit(1)
	}
}

func entries(ctx context.Context, f client.FileFetcher, size uint64) [][]byte {
	var out [][]byte
	for i := uint64(0); i*256 < size; i++ {
		bundle, err := client.GetEntryBundle(ctx, f.ReadEntryBundle, i, size)
		check(err, "bundle")
		out = append(out, bundle.Entries...)
	}
	return out
}

func receipt(path string, leaves [][]byte, verifier note.Verifier, origin string) {
	raw, err := os.ReadFile(path)
	check(err, "receipt")
	head, checkpoint, found := strings.Cut(string(raw), "\n\n")
	lines := strings.Split(head, "\n")
	if !found || lines[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(lines[1], "index ") {
		check(fmt.Errorf("malformed"), path)
	}
	index, err := strconv.ParseUint(strings.TrimPrefix(lines[1], "index "), 10, 64)
	check(err, "index")
	var hashes [][]byte
	for _, line := range lines[2:] {
		hash, err := base64.StdEncoding.DecodeString(line)
		check(err, "hash")
		hashes = append(hashes, hash)
	}
	cp, _, _, err := client.FetchCheckpoint(context.Background(),
		func(context.Context) ([]byte, error) { return []byte(checkpoint), nil }, verifier, origin)
	check(err, "checkpoint of a receipt")
	check(proof.VerifyInclusion(rfc6962.DefaultHasher, index, cp.Size, leaves[index], hashes, cp.Hash), path)
}

func main() {
	ctx := context.Background()
	root, vkey, receipts, cosigned, witness := os.Args[1], os.Args[2], os.Args[3], os.Args[4], os.Args[5]
	verifier, err := note.NewVerifier(vkey)
	check(err, "vkey")
	f := client.FileFetcher{Root: root}
	cp, _, _, err := client.FetchCheckpoint(ctx, f.ReadCheckpoint, verifier, verifier.Name())
	check(err, "checkpoint")

	all := entries(ctx, f, cp.Size)
	tree := (&compact.RangeFactory{Hash: rfc6962.DefaultHasher.HashChildren}).NewEmptyRange(0)
	var leaves, roots [][]byte
	for _, entry := range all {
		hash := rfc6962.DefaultHasher.HashLeaf(entry)
		leaves = append(leaves, hash)
		check(tree.Append(hash, nil), "append")
		r, err := tree.GetRootHash(nil)
		check(err, "root")
		roots = append(roots, r)
	}
	if uint64(len(all)) != cp.Size || !bytes.Equal(roots[len(roots)-1], cp.Hash) {
		check(fmt.Errorf("%d entries, size %d", len(all), cp.Size), "entries do not give the root")
	}

	builder, err := client.NewProofBuilder(ctx, cp.Size, f.ReadTile)
	check(err, "proof builder")
	proofs := 0
	for i := uint64(0); i < cp.Size; i += 1 + cp.Size/500 {
		p, err := builder.InclusionProof(ctx, i)
		check(err, "inclusion")
		check(proof.VerifyInclusion(rfc6962.DefaultHasher, i, cp.Size, leaves[i], p, cp.Hash), "inclusion")
		c, err := builder.ConsistencyProof(ctx, i+1, cp.Size)
		check(err, "consistency")
		check(proof.VerifyConsistency(rfc6962.DefaultHasher, i+1, cp.Size, c, roots[i], cp.Hash), "consistency")
		proofs += 2
	}

	files, err := filepath.Glob(filepath.Join(receipts, "*"))
	check(err, "receipts")
	for _, file := range files {
		receipt(file, leaves, verifier, verifier.Name())
	}

	raw, err := os.ReadFile(cosigned)
	check(err, "cosigned")
	w, err := fnote.NewVerifierForCosignatureV1(witness)
	check(err, "witness")
	n, err := note.Open(raw, note.VerifierList(verifier, w))
	check(err, "cosigned checkpoint")
	if len(n.Sigs) != 2 {
		check(fmt.Errorf("%d signatures", len(n.Sigs)), "cosigned checkpoint")
	}
	fmt.Printf("%d entries, %d proofs, %d receipts, cosignature: fine\n", cp.Size, proofs, len(files))
}
