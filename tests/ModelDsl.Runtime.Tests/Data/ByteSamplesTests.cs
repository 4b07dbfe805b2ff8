namespace ModelDsl.Runtime.Tests.Data;

public sealed class ByteSamplesTests
{
    [Fact]
    public void Every_byte_becomes_its_255th_part_to_the_last_bit_in_vectors_and_alone()
    {
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        float[] expected = [.. bytes.Select(value => value / 255f)];
        float[] vectors = new float[256];
        ByteSamples.ToUnit(bytes, vectors);
        Assert.Equal(expected, vectors);
        float[] alone = new float[256];
        for (int i = 0; i < 256; i++)
        {
            ByteSamples.ToUnit(bytes.AsSpan(i, 1), alone.AsSpan(i, 1));
        }

        Assert.Equal(expected, alone);
    }

    [Fact]
    public void Nothing_is_written_beyond_the_end()
    {
        for (int length = 0; length < 200; length++)
        {
            float[] destination = new float[length + 1];
            destination[length] = -1f;
            ByteSamples.ToUnit(Enumerable.Repeat((byte)255, length).ToArray(), destination.AsSpan(0, length));
            Assert.Equal([.. Enumerable.Repeat(1f, length), -1f], destination);
        }
    }
}
