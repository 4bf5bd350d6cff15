package main

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"taizhang/server"
)

// composed is what the test reads of a compose file.
type composed struct {
	Services map[string]struct {
		Image       string
		Build       string
		Command     []string
		Environment map[string]string
		Ports       []string
		Volumes     []string
		Healthcheck struct {
			Test    []string
			Retries int
		}
		DependsOn map[string]struct{ Condition string } `yaml:"depends_on"`
	}
	Volumes map[string]any
}

// TestComposeFilesHoldTogether reads them as Docker would; there is no Docker engine here to run them.
func TestComposeFilesHoldTogether(t *testing.T) {
	secret := regexp.MustCompile(`^\$\{[A-Z_]+:\?[^}]+\}$`)
	for name, services := range map[string]int{"docker-compose.yml": 2, "docker-compose.cluster.yml": 7} {
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var c composed
		if err := yaml.Unmarshal(body, &c); err != nil {
			t.Fatal(name, err)
		}
		if len(c.Services) != services {
			t.Errorf("%s: %d services", name, len(c.Services))
		}
		for service, s := range c.Services {
			at := name + " " + service
			if s.Build == "" && !regexp.MustCompile(`:\d+\.\d+$`).MatchString(s.Image) {
				t.Errorf("%s: the image %q is not of a version", at, s.Image)
			}
			if len(s.Healthcheck.Test) < 2 || s.Healthcheck.Retries == 0 {
				t.Errorf("%s has no health check", at)
			}
			for key, value := range s.Environment {
				if strings.Contains(key, "PASSWORD") && !secret.MatchString(value) {
					t.Errorf("%s: %s is not asked for: %q", at, key, value)
				}
				if strings.Contains(value, "://") && !strings.Contains(value, ":${TAIZHANG_DB_PASSWORD:?") {
					t.Errorf("%s: the password of %s is not asked for", at, key)
				}
			}
			for _, port := range s.Ports {
				if !strings.HasPrefix(port, "127.0.0.1:") {
					t.Errorf("%s is published to others: %s", at, port)
				}
			}
			named := 0
			for _, v := range s.Volumes {
				from, _, _ := strings.Cut(v, ":")
				if strings.HasPrefix(from, "./") {
					if _, err := os.Stat(filepath.FromSlash(from)); err != nil {
						t.Errorf("%s: %v", at, err)
					}
					continue
				}
				named++
				if _, declared := c.Volumes[from]; !declared {
					t.Errorf("%s: the volume %s is not declared", at, from)
				}
			}
			if named == 0 {
				t.Errorf("%s keeps nothing", at)
			}
			for other, how := range s.DependsOn {
				if _, there := c.Services[other]; !there || how.Condition != "service_healthy" {
					t.Errorf("%s waits for %s, %q", at, other, how.Condition)
				}
			}
			if len(s.Command) > 0 {
				var told bytes.Buffer
				if code := (server.Program{Out: &told, Err: &told}).Run(t.Context(), append(s.Command, "--help")); code != 0 {
					t.Errorf("%s: %v: %s", at, s.Command, told.String())
				}
			}
		}
	}
}

func TestTheClustersFilesAreXML(t *testing.T) {
	for _, name := range []string{"cluster.xml", "keeper.xml"} {
		body, err := os.ReadFile(filepath.Join("deploy", "cluster", name))
		if err != nil {
			t.Fatal(err)
		}
		for decode := xml.NewDecoder(bytes.NewReader(body)); ; {
			if _, err := decode.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatal(name, err)
			}
		}
		if strings.Contains(strings.ToLower(string(body)), "<password>") {
			t.Errorf("%s holds a password", name)
		}
	}
}

// TestTheImageRunsAsNobodySpecial holds what matters in the Dockerfile.
func TestTheImageRunsAsNobodySpecial(t *testing.T) {
	body, err := os.ReadFile("Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	text := string(body)
	for _, want := range []string{"USER taizhang", "HEALTHCHECK", "/readyz", "VOLUME", "npm ci", "STOPSIGNAL SIGTERM", "fonts-noto-cjk"} {
		if !strings.Contains(text, want) {
			t.Errorf("the Dockerfile lacks %s", want)
		}
	}
	last := strings.LastIndex(text, "\nUSER ")
	if entry := strings.Index(text, "\nENTRYPOINT"); last < 0 || entry < last {
		t.Error("the entry point is root's")
	}
	if m := regexp.MustCompile(`(?m)^FROM (\S+)`).FindAllStringSubmatch(text, -1); len(m) != 3 || strings.Contains(fmt.Sprint(m), "latest") {
		t.Errorf("images %v", m)
	}
}
