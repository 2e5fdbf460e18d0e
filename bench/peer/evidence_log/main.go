// The same work with transparency-dev's libraries: reads a log's entries through tessera's client and
// makes its root with merkle's compact range; then proofs of inclusion from the tiles.
//
//	evidence_log LOG SIZE
package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/transparency-dev/merkle/compact"
	"github.com/transparency-dev/merkle/rfc6962"
	"github.com/transparency-dev/tessera/client"
)

func main() {
	ctx := context.Background()
	f := client.FileFetcher{Root: os.Args[1]}
	size, _ := strconv.ParseUint(os.Args[2], 10, 64)
	begin := time.Now()
	tree := (&compact.RangeFactory{Hash: rfc6962.DefaultHasher.HashChildren}).NewEmptyRange(0)
	for i := uint64(0); i*256 < size; i++ {
		bundle, err := client.GetEntryBundle(ctx, f.ReadEntryBundle, i, size)
		if err != nil {
			panic(err)
		}
		for _, entry := range bundle.Entries {
			if err := tree.Append(rfc6962.DefaultHasher.HashLeaf(entry), nil); err != nil {
				panic(err)
			}
		}
	}
	if _, err := tree.GetRootHash(nil); err != nil {
		panic(err)
	}
	fmt.Printf("merkle and tessera, root of %d entries: %.2f s\n", size, time.Since(begin).Seconds())
	const proofs = 200
	begin = time.Now()
	for i := uint64(0); i < proofs; i++ {
		builder, err := client.NewProofBuilder(ctx, size, f.ReadTile)
		if err != nil {
			panic(err)
		}
		if _, err := builder.InclusionProof(ctx, i*7919%size); err != nil {
			panic(err)
		}
	}
	fmt.Printf("tessera, proof of inclusion (new builder): %.3f ms\n", time.Since(begin).Seconds()/proofs*1e3)
}
