using System.Runtime.CompilerServices;

namespace ModelDsl;

/// <summary>The four random words that Philox gives for one counter.</summary>
[InlineArray(4)]
internal struct PhiloxWords
{
    private uint _word;

    public PhiloxWords(uint first, uint second, uint third, uint fourth)
    {
        this[0] = first;
        this[1] = second;
        this[2] = third;
        this[3] = fourth;
    }
}
