using System.Buffers.Binary;

namespace ModelDsl.Samples.Tests;

public sealed class BadDataTests
{
    [Fact]
    public void A_missing_folder_is_named()
    {
        using var folder = new TemporaryFolder();

        SampleRun.Start("--data", folder["nowhere"], "--output", folder["output"])
            .AssertFailsWith(folder["nowhere"], "does not exist");
        Assert.False(Directory.Exists(folder["output"]));
    }

    [Fact]
    public void A_missing_file_is_named() =>
        AssertRefused(data => data.Delete(SmallMnist.TestLabels), SmallMnist.TestLabels);

    [Fact]
    public void An_image_file_that_is_cut_off_is_named() =>
        AssertRefused(
            data => data.Write(SmallMnist.TrainImages, data.Read(SmallMnist.TrainImages)[..^1]), SmallMnist.TrainImages);

    [Fact]
    public void A_gzip_file_that_is_cut_off_is_named() =>
        AssertRefused(data => data.Compress(SmallMnist.TrainImages, keptPart: 0.5), $"{SmallMnist.TrainImages}.gz");

    [Fact]
    public void A_file_that_is_not_IDX_is_named() =>
        AssertRefused(
            data => data.Write(SmallMnist.TestImages, "No images here, only text."u8.ToArray()),
            SmallMnist.TestImages,
            "expected an IDX file");

    [Fact]
    public void An_empty_file_is_named() =>
        AssertRefused(data => data.Write(SmallMnist.TrainLabels, []), SmallMnist.TrainLabels);

    [Fact]
    public void A_header_that_promises_too_much_is_named_before_memory_is_taken() =>
        AssertRefused(
            data => Overwrite(data, SmallMnist.TrainImages, offset: 4, value: int.MaxValue), SmallMnist.TrainImages);

    [Fact]
    public void Labels_that_do_not_match_the_images_in_number_are_named() =>
        AssertRefused(
            data =>
            {
                byte[] labels = data.Read(SmallMnist.TrainLabels)[..^1];
                BinaryPrimitives.WriteInt32BigEndian(labels.AsSpan(4), labels.Length - 8);
                data.Write(SmallMnist.TrainLabels, labels);
            },
            SmallMnist.TrainLabels,
            "300",
            "299");

    [Fact]
    public void Images_of_another_size_are_named_with_both_sizes() =>
        AssertRefused(
            data =>
            {
                foreach (string file in new[] { SmallMnist.TrainImages, SmallMnist.TestImages })
                {
                    Overwrite(data, file, offset: 8, value: 14);
                    Overwrite(data, file, offset: 12, value: 56);
                }
            },
            "28x28",
            "14x56");

    [Fact]
    public void A_label_that_no_output_stands_for_is_named() =>
        AssertRefused(
            data =>
            {
                byte[] labels = data.Read(SmallMnist.TestLabels);
                labels[^1] = 10;
                data.Write(SmallMnist.TestLabels, labels);
            },
            "labels from 0 to 9",
            "10");

    [Fact]
    public void Too_few_images_to_hold_some_out_are_refused()
    {
        using var data = new SmallMnist(train: 2);
        using var output = new TemporaryFolder();

        SampleRun.Start("--data", data.Path, "--batch-size", "1", "--output", output["output"])
            .AssertFailsWith(data.Path, "hold 20 % out", "got 2");
    }

    [Fact]
    public void Gzipped_files_are_taken_as_well_as_raw_ones()
    {
        using var data = new SmallMnist();
        using var output = new TemporaryFolder();
        data.Compress(SmallMnist.TrainImages);
        data.Compress(SmallMnist.TestLabels);

        Assert.Equal(0, Train(data, output).ExitCode);
    }

    private static void AssertRefused(Action<SmallMnist> damage, params ReadOnlySpan<string> parts)
    {
        using var data = new SmallMnist();
        using var output = new TemporaryFolder();
        damage(data);

        Train(data, output).AssertFailsWith([data.Path, .. parts]);
        Assert.Empty(Directory.GetFileSystemEntries(output.Path));
    }

    private static void Overwrite(SmallMnist data, string file, int offset, int value)
    {
        byte[] bytes = data.Read(file);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(offset), value);
        data.Write(file, bytes);
    }

    private static SampleRun Train(SmallMnist data, TemporaryFolder output) =>
        SampleRun.Start("--data", data.Path, "--epochs", "1", "--batch-size", "50", "--output", output["output"]);
}
